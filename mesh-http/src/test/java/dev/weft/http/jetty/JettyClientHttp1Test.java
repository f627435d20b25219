package dev.weft.http.jetty;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class JettyClientHttp1Test extends HttpClientContract {
    JettyClientHttp1Test() throws Exception {
        super(false);
    }

    @Override
    public Subject on(Mesh mesh) {
        return JettySubject.of(mesh);
    }
}
