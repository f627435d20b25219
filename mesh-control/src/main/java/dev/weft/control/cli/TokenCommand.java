package dev.weft.control.cli;

import picocli.CommandLine.Command;

/** {@code meshctl token}. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Credentials to hand out.",
        subcommands = TokenCreateCommand.class)
final class TokenCommand {}
