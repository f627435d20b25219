package dev.weft.http.guard;

import dev.weft.Mesh;

/** The contract on Tomcat. */
final class TomcatGuardTest extends GuardContract {
    @Override
    protected Site start(Mesh guarding, Site.Handlers telling) throws Exception {
        return new TomcatSite(guarding, telling);
    }

    @Override
    protected boolean closesConnections() {
        return false;
    }
}
