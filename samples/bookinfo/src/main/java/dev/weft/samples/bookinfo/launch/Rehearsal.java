package dev.weft.samples.bookinfo.launch;

import dev.weft.control.cli.MeshControl;
import dev.weft.samples.bookinfo.Details;
import dev.weft.samples.bookinfo.Ratings;
import dev.weft.samples.bookinfo.Reviews;
import dev.weft.samples.bookinfo.front.ProductPage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All of Bookinfo and its control plane in this one JVM, until a page is whole. Run with {@code -XX:ArchiveClassesAtExit}, this
 * leaves the classes of every process of the sample in an archive, from which they start in half the time.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** @param args the sample's {@code mesh} directory, and an empty one to work in */
    public static void main(String[] args) throws Exception {
        Path work = Path.of(args[1]);
        LiveDirectory live = LiveDirectory.at(Path.of(args[0]), work.resolve("mesh"));
        live.play(Scene.EVERY_VERSION);
        ControlPlane.Doors doors = new ControlPlane.Doors(Ports.anyFree(), Ports.anyFree());
        List<String> arguments = ControlPlane.arguments(live.path(), doors, work.resolve("control"), work, List.of());
        Thread control = new Thread(() -> MeshControl.main(arguments.toArray(String[]::new)));
        control.setDaemon(true);
        control.start();
        Patience patience = new Patience(60_000);
        while (!Files.exists(Credentials.token(work))) {
            if (!patience.pause()) {
                System.exit(1);
            }
        }
        String port = String.valueOf(doors.plain());
        Details.main(service("details", "v1", port, work));
        Ratings.main(service("ratings", "v1", port, work));
        Reviews.main(service("reviews", "v2", port, work));
        Reviews.main(service("reviews", "v3", port, work));
        ProductPage.main(service("productpage", "v1", port, work));
        URI page =
                URI.create("http://127.0.0.1:" + Files.readString(work.resolve("productpage.port")) + "/productpage");
        Visitor visitor = new Visitor(() -> page);
        // Once over HTTP and once over gRPC.
        for (String stars : List.of("black", "red")) {
            Visit visit = visitor.visit(Optional.empty());
            while (!visit.whole() || !visit.stars().equals(stars)) {
                if (!patience.pause()) {
                    System.exit(1);
                }
                visit = visitor.visit(Optional.empty());
            }
        }
        System.exit(0);
    }

    private static String[] service(String name, String version, String control, Path work) {
        return new String[] {
            "--version",
            version,
            "--control-plane",
            "127.0.0.1:" + control,
            "--data",
            work.resolve(name + "-" + version).toString(),
            "--ready",
            work.resolve(name + ".port").toString()
        };
    }
}
