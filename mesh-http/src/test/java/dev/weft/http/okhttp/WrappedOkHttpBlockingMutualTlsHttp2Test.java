package dev.weft.http.okhttp;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class WrappedOkHttpBlockingMutualTlsHttp2Test extends HttpClientContract {
    WrappedOkHttpBlockingMutualTlsHttp2Test() throws Exception {
        super(true, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return OkHttpSubject.of(mesh, true);
    }
}
