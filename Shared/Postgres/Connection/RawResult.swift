import CPostgreSQL

/// One result of libpq, cleared at the end of its scope.
struct RawResult: ~Copyable {
    let pointer: OpaquePointer

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }
}
