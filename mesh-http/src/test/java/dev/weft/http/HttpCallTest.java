package dev.weft.http;

import dev.weft.http.kit.call.CallContract;
import dev.weft.http.kit.call.HttpProtocol;

final class HttpCallTest extends CallContract {
    HttpCallTest() {
        super(new HttpProtocol(true, mesh -> MeshClientSubject.of(mesh, false)), null);
    }
}
