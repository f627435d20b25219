package dev.weft.http.jdk;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class WrappedJdkClientBlockingHttp1Test extends HttpClientContract {
    WrappedJdkClientBlockingHttp1Test() {
        super(false);
    }

    @Override
    public Subject on(Mesh mesh) {
        return JdkSubject.of(mesh, true);
    }
}
