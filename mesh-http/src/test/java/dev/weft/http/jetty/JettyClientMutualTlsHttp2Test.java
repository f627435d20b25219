package dev.weft.http.jetty;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class JettyClientMutualTlsHttp2Test extends HttpClientContract {
    JettyClientMutualTlsHttp2Test() throws Exception {
        super(true, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return JettySubject.of(mesh);
    }
}
