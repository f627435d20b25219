package dev.weft.control.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code meshctl}: works on files of configuration, and asks control planes. */
@Command(
        name = "meshctl",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Validates configuration and shows what a mesh is doing.",
        subcommands = {
            ValidateCommand.class,
            ExplainCommand.class,
            ProxyStatusCommand.class,
            TokenCommand.class,
            CaCommand.class,
            HelpCommand.class
        })
public final class Meshctl {
    private Meshctl() {}

    /** The command line with all its commands. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Meshctl());
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion
                .getCommandSpec()
                .usageMessage()
                .description("Prints a script for bash or zsh: source <(meshctl completion)");
        line.addSubcommand("completion", completion);
        return Unreadable.inWords(line).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
