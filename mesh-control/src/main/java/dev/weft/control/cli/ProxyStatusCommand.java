package dev.weft.control.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final Reach reach = new Reach();

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
        CommandLine line = java.util.Objects.requireNonNull(spec).commandLine();
        PrintWriter out = line.getOut();
        Asking asking = new Asking(line, reach);
        List<ProxyStatus> clients = asking.ask(false, StatusClient::fetch);
        if (clients == null) {
            return asking.exitCode();
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
}
