package dev.weft.http.guard;

import dev.weft.Mesh;

/** The contract on the JDK's HttpServer and HttpsServer. */
final class JdkGuardTest extends GuardContract {
    @Override
    protected Site start(Mesh guarding, Site.Handlers telling) throws Exception {
        return new JdkSite(guarding, telling);
    }

    @Override
    protected boolean answersNonsense() {
        return true;
    }

    @Override
    protected boolean continuesUnasked() {
        return true;
    }
}
