package dev.weft.samples.bookinfo.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The process of mesh-control. Not for use by several threads at once. */
public final class ControlPlane {
    /** What it says when it takes connections. Another process may hold the port, so that connecting proves nothing. */
    private static final Pattern READY =
            Pattern.compile("mesh-control is ready on \\S+:([0-9]+) and \\S+:([0-9]+) with TLS");

    private final Member member;
    private final Path config;
    private final Path data;
    private final Path run;
    private final List<String> further;
    private Doors doors;
    private long startsBefore;

    ControlPlane(Path run, Path config, Wanted wanted, List<String> jvm) {
        this.run = run;
        this.config = config;
        this.data = run.resolve("data").resolve("mesh-control");
        this.doors = wanted.doors();
        this.further = wanted.further();
        this.member = new Member(
                "mesh-control", run.resolve("mesh-control.log"), jvm, "dev.weft.control.cli.MeshControl", Map.of());
    }

    /**
     * How it is to run.
     *
     * @param doors others are taken if these are in use at the first start
     * @param further arguments
     */
    record Wanted(Doors doors, List<String> further) {
        /** Where services look for a control plane when they are told nothing. */
        static Wanted usual() {
            return new Wanted(new Doors(15010, 15012), List.of());
        }

        /** In nobody's way, and with certificates so short that each is replaced several times. */
        static Wanted forCheck() {
            return new Wanted(Doors.ANY, List.of("--certificate-validity", "1m"));
        }
    }

    /**
     * Ports on loopback; 0: any free one.
     *
     * @param plain for whoever has no credential, such as {@code meshctl}
     * @param tls for the services: certificates and configuration
     */
    record Doors(int plain, int tls) {
        static final Doors ANY = new Doors(0, 0);

        private boolean free() {
            return Ports.isFree(plain) && Ports.isFree(tls);
        }
    }

    /** The real one after {@link #awaitReady}. */
    public int port() {
        return doors.plain();
    }

    Member member() {
        return member;
    }

    Path data() {
        return data;
    }

    /** Also after a kill: it takes the same ports and data again. */
    public void start() throws Trouble {
        startsBefore = starts().size();
        member.start(arguments(config, doors, data, run, further));
    }

    static List<String> arguments(Path config, Doors doors, Path data, Path run, List<String> further) {
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--config",
                config.toString(),
                "--port",
                String.valueOf(doors.plain()),
                "--tls-port",
                String.valueOf(doors.tls()),
                "--data",
                data.toString(),
                "--local-token",
                Credentials.token(run).toString(),
                "--operator-token",
                Credentials.operator(run).toString()));
        arguments.addAll(further);
        return arguments;
    }

    public void awaitReady(long millis) throws Trouble {
        Patience patience = new Patience(millis);
        while (starts().size() <= startsBefore) {
            if (!member.isAlive()) {
                if (startsBefore > 0 || doors.equals(Doors.ANY) || doors.free()) {
                    throw new Trouble(member.lastWords());
                }
                doors = Doors.ANY;
                start();
            }
            if (!patience.pause()) {
                throw new Trouble("mesh-control is not ready after " + millis / 1000 + " s\n" + member.lastWords());
            }
        }
        List<Doors> all = starts();
        doors = all.get(all.size() - 1);
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

    private List<Doors> starts() {
        return member.logLines().stream()
                .flatMap(line -> READY.matcher(line).results())
                .map((MatchResult result) ->
                        new Doors(Integer.parseInt(result.group(1)), Integer.parseInt(result.group(2))))
                .toList();
    }
}
