package dev.weft.control.cli;

import picocli.CommandLine.Command;

/** {@code meshctl ca}. */
@Command(
        name = "ca",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "The mesh's certificate authority.",
        subcommands = {CaStatusCommand.class, RotateRootCommand.class, CaAuditCommand.class})
final class CaCommand {}
