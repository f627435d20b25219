package dev.weft.http.spring;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class RestClientHttp1Test extends HttpClientContract {
    RestClientHttp1Test() {
        super(false);
    }

    @Override
    public Subject on(Mesh mesh) {
        return SpringSubject.of(mesh);
    }

    @Override
    public boolean showsProtocol() {
        return false;
    }
}
