import CommandLine
import Foundations
import Glibc

exit(CommandLineProgram.run(ArgumentWord.ofProcess(), environment: ProcessEnvironment.all))
