import CommandLine
demo()
