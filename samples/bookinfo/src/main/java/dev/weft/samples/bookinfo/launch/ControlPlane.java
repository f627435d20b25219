package dev.weft.samples.bookinfo.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The process of mesh-control. Not for use by several threads at once. */
public final class ControlPlane {
    /** What it says when it takes connections. Another process may hold the port, so that connecting proves nothing. */
    private static final Pattern READY = Pattern.compile("mesh-control is ready on \\S+:([0-9]+)");

    private final Member member;
    private final Path config;
    private final Path data;
    private int port;
    private long startsBefore;

    /** @param port wanted; another one is taken if this is in use at the first start. 0: any free one */
    ControlPlane(Path run, Path config, int port, List<String> jvm) {
        this.config = config;
        this.data = run.resolve("data").resolve("mesh-control");
        this.port = port;
        this.member = new Member(
                "mesh-control", run.resolve("mesh-control.log"), jvm, "dev.weft.control.cli.MeshControl", Map.of());
    }

    /** The real one after {@link #awaitReady}. */
    public int port() {
        return port;
    }

    Member member() {
        return member;
    }

    /** Also after a kill: it takes the same port and data again. */
    public void start() throws Trouble {
        startsBefore = starts().size();
        member.start(List.of(
                "serve", "--config", config.toString(), "--port", String.valueOf(port), "--data", data.toString()));
    }

    public void awaitReady(long millis) throws Trouble {
        Patience patience = new Patience(millis);
        while (starts().size() <= startsBefore) {
            if (!member.isAlive()) {
                if (startsBefore > 0 || port == 0 || Ports.isFree(port)) {
                    throw new Trouble(member.lastWords());
                }
                port = 0;
                start();
            }
            if (!patience.pause()) {
                throw new Trouble("mesh-control is not ready after " + millis / 1000 + " s\n" + member.lastWords());
            }
        }
        List<Integer> ports = starts();
        port = ports.get(ports.size() - 1);
    }

    /** SIGKILL. */
    public void kill() {
        member.kill();
    }

    /** What it complained about so far: files that it refused, and log lines of level WARN and ERROR. */
    public List<String> complaints() {
        return member.logLines().stream().filter(ControlPlane::complains).toList();
    }

    static boolean complains(String line) {
        return line.startsWith("refused ")
                || line.startsWith("warning ")
                || line.contains("WARN ")
                || line.contains("ERROR ");
    }

    private List<Integer> starts() {
        return member.logLines().stream()
                .flatMap(line -> READY.matcher(line).results())
                .map((MatchResult result) -> Integer.parseInt(result.group(1)))
                .toList();
    }
}
