package dev.weft.control.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mesh-control}: runs a control plane, or checks what one would be given. */
@Command(
        name = "mesh-control",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "The control plane of the mesh: Istio YAML in, xDS out.",
        versionProvider = Version.class,
        subcommands = {ServeCommand.class, CheckCommand.class})
public final class MeshControl {
    private MeshControl() {}

    public static void main(String[] args) {
        // A client that begins its TLS 1.2 handshake again and again would cost us far more than itself; HTTP/2 forbids
        // it too.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        Logs.forPeople();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Unreadable.inWords(new CommandLine(new MeshControl()));
    }
}
