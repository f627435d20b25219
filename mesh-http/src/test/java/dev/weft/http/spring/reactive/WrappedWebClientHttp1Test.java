package dev.weft.http.spring.reactive;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class WrappedWebClientHttp1Test extends HttpClientContract {
    WrappedWebClientHttp1Test() {
        super(false);
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
