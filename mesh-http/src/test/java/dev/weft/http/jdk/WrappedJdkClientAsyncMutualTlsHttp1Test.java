package dev.weft.http.jdk;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class WrappedJdkClientAsyncMutualTlsHttp1Test extends HttpClientContract {
    WrappedJdkClientAsyncMutualTlsHttp1Test() throws Exception {
        super(false, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return JdkSubject.of(mesh, false);
    }
}
