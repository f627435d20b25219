package dev.weft.http.spring.reactive;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class WrappedWebClientMutualTlsHttp2Test extends HttpClientContract {
    WrappedWebClientMutualTlsHttp2Test() throws Exception {
        super(true, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return WebClientSubject.of(mesh);
    }

    @Override
    public boolean showsProtocol() {
        return false;
    }
}
