package dev.weft.http.jdk;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class WrappedJdkClientAsyncHttp2Test extends HttpClientContract {
    WrappedJdkClientAsyncHttp2Test() {
        super(true);
    }

    @Override
    public Subject on(Mesh mesh) {
        return JdkSubject.of(mesh, false);
    }
}
