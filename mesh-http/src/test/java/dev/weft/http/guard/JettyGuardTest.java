package dev.weft.http.guard;

import dev.weft.Mesh;

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
}
