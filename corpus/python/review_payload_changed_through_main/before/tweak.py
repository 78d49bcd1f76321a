def apply():
    import __main__

    __main__.PAYLOAD["runOnSourceChange"] = "never"
