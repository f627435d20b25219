package dev.weft.samples.bookinfo.launch;

import dev.weft.samples.bookinfo.check.Check;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code samples/bookinfo/run} starts once everything is built. */
public final class Launcher {
    private static final int USUAL_PAGE = 9080;

    private Launcher() {}

    /** The script says where the sample lies ({@code bookinfo.home}) and whether this is a terminal ({@code bookinfo.terminal}). */
    public static void main(String[] args) {
        int code;
        try {
            code = run(Options.of(args));
        } catch (Trouble trouble) {
            System.err.println("bookinfo: " + trouble.words());
            code = 2;
        } catch (IOException e) {
            System.err.println("bookinfo: " + e);
            code = 2;
        } catch (InterruptedException e) {
            code = 130;
        }
        System.exit(code);
    }

    private static int run(Options options) throws Trouble, IOException, InterruptedException {
        if (options.help()) {
            System.out.print(Options.USAGE);
            return 0;
        }
        Path mesh = Path.of(System.getProperty("bookinfo.home", ""))
                .toAbsolutePath()
                .resolve("mesh");
        if (!Files.isDirectory(mesh)) {
            throw new Trouble(mesh + " is not there; -Dbookinfo.home names the directory of the sample");
        }
        Path run = Files.createTempDirectory("bookinfo-");
        return options.check() ? Check.run(mesh, run) : watch(options, mesh, run);
    }

    private static int watch(Options options, Path mesh, Path run) throws Trouble, InterruptedException {
        int port = options.port().orElse(USUAL_PAGE);
        if (!Ports.isFree(port)) {
            if (options.port().isPresent()) {
                throw new Trouble("port " + port + " is in use; name another, or leave --port out for any free one");
            }
            port = 0;
        }
        LiveDirectory live = LiveDirectory.beside(mesh);
        Optional<Path> archive = ClassArchive.ready(mesh, run);
        Bookinfo bookinfo = new Bookinfo(
                run,
                live.path(),
                ControlPlane.Wanted.usual(),
                port,
                options.port().isEmpty(),
                collector(),
                archive);
        try (Launch launch = new Launch(bookinfo, live)) {
            System.out.println("starting " + bookinfo.processes() + " processes; logs are in " + run);
            launch.start();
            Screen screen = new Screen(System.out, Boolean.getBoolean("bookinfo.terminal"));
            screen.say(Welcome.text(bookinfo, mesh));
            new Watch(bookinfo, live, screen).run();
        }
        return 0;
    }

    /** Spans of the services go where the user's own variable says. */
    private static Optional<URI> collector() {
        return Optional.ofNullable(System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT")).map(URI::create);
    }
}
