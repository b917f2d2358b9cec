/// What a key may do. Roles expand to scopes in the database (`platform.role_scopes`).
enum Scope: String, Sendable, CaseIterable {
    case ordersRead = "orders:read"
    case ordersWrite = "orders:write"
    case sagasRead = "sagas:read"
    case sagasWrite = "sagas:write"
    case receivedRead = "received:read"
    case deadLettersRead = "dead_letters:read"
    case deadLettersWrite = "dead_letters:write"
    case schedulesRead = "schedules:read"
    case keysRead = "keys:read"
    case keysWrite = "keys:write"
    case auditRead = "audit:read"
    case returnsRead = "returns:read"
    case refundsWrite = "refunds:write"
    case policiesWrite = "policies:write"
}
