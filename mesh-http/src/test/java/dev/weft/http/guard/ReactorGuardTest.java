package dev.weft.http.guard;

import dev.weft.Mesh;

/** The contract on Reactor Netty's HttpServer. */
final class ReactorGuardTest extends GuardContract {
    @Override
    protected Site start(Mesh guarding, Site.Handlers telling) throws Exception {
        return new ReactorSite(guarding, telling);
    }
}
