package dev.weft.http.hc5;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class WrappedHc5AsyncHttp1Test extends HttpClientContract {
    WrappedHc5AsyncHttp1Test() {
        super(false);
    }

    @Override
    public Subject on(Mesh mesh) {
        return AsyncSubject.of(mesh);
    }
}
