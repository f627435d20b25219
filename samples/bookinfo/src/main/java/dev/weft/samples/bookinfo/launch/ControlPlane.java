package dev.weft.samples.bookinfo.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The process of mesh-control. */
public final class ControlPlane {
    private final Member member;
    private final Path config;
    private final Path data;
    private final int port;

    ControlPlane(Path run, Path config, int port, List<String> jvm) {
        this.config = config;
        this.data = run.resolve("data").resolve("mesh-control");
        this.port = port;
        this.member = new Member(
                "mesh-control",
                run.resolve("mesh-control.log"),
                jvm,
                "dev.weft.control.cli.MeshControl",
                Map.of());
    }

    public int port() {
        return port;
    }

    Member member() {
        return member;
    }

    /** Also after a kill: it takes the same port and data again. */
    public void start() throws Trouble {
        member.start(List.of(
                "serve", "--config", config.toString(), "--port", String.valueOf(port), "--data", data.toString()));
    }

    public void awaitReady(long millis) throws Trouble {
        Patience patience = new Patience(millis);
        while (!Ports.answers(port)) {
            if (!member.isAlive()) {
                throw new Trouble(member.lastWords());
            }
            if (!patience.pause()) {
                throw new Trouble("mesh-control does not listen on " + port + " after " + millis / 1000 + " s\n"
                        + member.lastWords());
            }
        }
    }

    /** SIGKILL. */
    public void kill() {
        member.kill();
    }

    /** What it complained about so far: log lines of level WARN and ERROR. */
    public List<String> complaints() {
        return member.logLines().stream()
                .filter(line -> line.contains("WARN ") || line.contains("ERROR "))
                .toList();
    }
}
