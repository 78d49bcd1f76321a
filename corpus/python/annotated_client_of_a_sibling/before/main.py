from client import Client
from jobs import put

print(put(Client("web", "secret"), "Nightly"))
