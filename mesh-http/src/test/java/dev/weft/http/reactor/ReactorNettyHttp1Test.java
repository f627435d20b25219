package dev.weft.http.reactor;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class ReactorNettyHttp1Test extends HttpClientContract {
    ReactorNettyHttp1Test() {
        super(false);
    }

    @Override
    public Subject on(Mesh mesh) {
        return ReactorNettySubject.of(mesh);
    }

    @Override
    public boolean showsProtocol() {
        return false;
    }
}
