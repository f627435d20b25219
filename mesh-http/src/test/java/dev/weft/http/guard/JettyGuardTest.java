package dev.weft.http.guard;

import dev.weft.Mesh;
import java.util.List;

/** The contract on Jetty. */
final class JettyGuardTest extends GuardContract {
    @Override
    protected Site start(Mesh guarding, Site.Handlers telling) throws Exception {
        return new JettySite(guarding, telling);
    }

    @Override
    protected boolean closesConnections() {
        return false;
    }

    @Override
    protected List<String> refusedByTheServer() {
        return List.of("/public//a", "/public/a//", "/public/%2e/a", "/public/100%25");
    }
}
