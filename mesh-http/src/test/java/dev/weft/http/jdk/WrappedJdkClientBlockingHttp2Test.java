package dev.weft.http.jdk;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class WrappedJdkClientBlockingHttp2Test extends HttpClientContract {
    WrappedJdkClientBlockingHttp2Test() {
        super(true);
    }

    @Override
    public Subject on(Mesh mesh) {
        return JdkSubject.of(mesh, true);
    }
}
