package dev.weft.control.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code meshctl proxy-status}: asks a running control plane who is connected, and what they accepted and refused. */
@Command(
        name = "proxy-status",
        mixinStandardHelpOptions = true,
        description = "Who is connected, what they accepted or refused, and how old it is.",
        footer =
                "Exit code: 0 nothing refused, 1 something refused, 2 wrong usage, 3 control plane not reachable, 4 refused by it.")
public final class ProxyStatusCommand implements Callable<Integer> {
    /** How results are printed. */
    enum Format {
        table,
        json,
        jsonl
    }

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            defaultValue = "${MESH_SERVER:-localhost:15010}",
            description = "The control plane; default $MESH_SERVER, else localhost:15010.")
    private String server = "localhost:15010";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json or jsonl.")
    private Format format = Format.table;

    @Spec
    private @org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Logs.withoutGrpc();
        CommandLine line = java.util.Objects.requireNonNull(spec).commandLine();
        PrintWriter out = line.getOut();
        List<ProxyStatus> clients;
        try {
            clients = StatusClient.fetch(server);
        } catch (IllegalArgumentException e) {
            line.getErr().println("meshctl proxy-status: --server " + e.getMessage());
            return ExitCode.USAGE;
        } catch (StatusRuntimeException e) {
            return failed(line, e.getStatus());
        }
        switch (format) {
            case table -> out.print(ProxyStatusTable.render(clients));
            case json -> out.println(ProxyStatusJson.array(clients));
            case jsonl -> clients.forEach(client -> out.println(ProxyStatusJson.line(client)));
        }
        out.flush();
        boolean refused = clients.stream().anyMatch(client -> !client.refusals().isEmpty());
        return refused ? ExitCode.FINDINGS : ExitCode.GOOD;
    }

    private int failed(CommandLine line, Status status) {
        boolean refused =
                status.getCode() == Status.Code.PERMISSION_DENIED || status.getCode() == Status.Code.UNAUTHENTICATED;
        Throwable cause = status.getCause();
        String why = cause == null ? String.valueOf(status.getDescription()) : cause.getMessage();
        line.getErr()
                .println("meshctl proxy-status: " + server + " " + (refused ? "refuses: " : "cannot be reached: ")
                        + why);
        return refused ? ExitCode.REFUSED : ExitCode.UNREACHABLE;
    }
}
