package dev.weft.control.grpc;

import org.junit.jupiter.api.Tag;

/** All scenarios for it. */
@Tag("interop")
final class AllStockInteropTest extends StockInteropTest {}
