package dev.weft.http.okhttp;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class WrappedOkHttpEnqueuedHttp1Test extends HttpClientContract {
    WrappedOkHttpEnqueuedHttp1Test() {
        super(false);
    }

    @Override
    public Subject on(Mesh mesh) {
        return OkHttpSubject.of(mesh, false);
    }
}
