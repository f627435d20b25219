package dev.weft.samples.bookinfo.launch;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Bookinfo with its live directory; closed, it leaves no process behind. */
public final class Launch implements AutoCloseable {
    private final Bookinfo bookinfo;
    private final LiveDirectory live;

    Launch(Bookinfo bookinfo, LiveDirectory live) {
        this.bookinfo = bookinfo;
        this.live = live;
        // Ctrl-C, SIGTERM, a closed terminal. After a kill -9 of this process Child sees to it.
        Runtime.getRuntime().addShutdownHook(new Thread(bookinfo::stop));
    }

    /** Everything on free ports and in {@code run}, so that several checks may run at the same time. */
    public static Launch forCheck(Path mesh, Path run, URI collector) throws Trouble {
        LiveDirectory live = LiveDirectory.at(mesh, run.resolve("mesh"));
        Optional<Path> archive = ClassArchive.ready(mesh, run);
        return new Launch(
                new Bookinfo(
                        run, live.path(), ControlPlane.Wanted.forCheck(), 0, false, Optional.of(collector), archive),
                live);
    }

    public Bookinfo bookinfo() {
        return bookinfo;
    }

    public LiveDirectory live() {
        return live;
    }

    /** Returns when every process is ready and the page is whole. */
    public void start() throws Trouble {
        bookinfo.start();
        Visitor visitor = new Visitor(bookinfo::page);
        Patience patience = new Patience(30_000);
        Visit visit = visitor.visit(Optional.empty());
        while (!visit.whole()) {
            if (!patience.pause()) {
                throw new Trouble("all processes are ready, but 30 s later the page is not whole: " + visit.problem());
            }
            visit = visitor.visit(Optional.empty());
        }
    }

    @Override
    public void close() {
        bookinfo.stop();
    }
}
