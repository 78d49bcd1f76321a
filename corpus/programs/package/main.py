from deploy.cli import main

main(["web", "staging"])
