import Foundation

/// One NetSuite account: items, customers, stock, transactions, behind SuiteTalk REST and SuiteQL.
struct NetSuiteSimulator: SimulatedProvider {
    static let name = "netsuite"
    static let zone = TimeZone(identifier: "America/Los_Angeles") ?? .gmt

    let settings: NetSuiteSettings
    private var verifier: OAuthVerifier
    var transactions: [Int: NetSuiteTransaction] = [:]
    /// Oldest first.
    var transactionIDs: [Int] = []
    /// What was made from a transaction.
    var documentIDs: [Int: [Int]] = [:]
    /// Transaction by record type and external id.
    var externalIDs: [NetSuiteRecordType: [String: Int]] = [:]
    var items: [NetSuiteItem] = []
    var customers: [NetSuiteCustomer] = []
    var stock: [NetSuiteStock] = []
    /// Whether the account enters receipts by themselves; otherwise returns are received with their credit.
    var hasAdvancedReceiving = true
    var internalID: IDCounter
    var lineKey: IDCounter
    var itemID: IDCounter
    var customerID: IDCounter
    var numbers: [NetSuiteRecordType: IDCounter]

    init(_ settings: NetSuiteSettings, idOffset: IDOffset) {
        self.settings = settings
        verifier = OAuthVerifier(settings)
        // An order makes several documents and lines.
        internalID = IDCounter(98_431 + idOffset.value * 10)
        lineKey = IDCounter(482_201 + idOffset.value * 100)
        itemID = IDCounter(9001)
        customerID = IDCounter(107)
        numbers = Dictionary(
            uniqueKeysWithValues: NetSuiteRecordType.allCases.map { ($0, IDCounter(10_045 + idOffset.value)) })
        setUpMasterData()
    }

    var concurrencyMax: Int? { settings.concurrencyMax }

    var busyResponse: SimulatedResponse {
        Refusal.netsuite(429, "CONCURRENCY_LIMIT_EXCEEDED", "Concurrent request limit exceeded. Request blocked.")
            .response
    }

    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        let prefix = "/services/rest"
        guard request.path.hasPrefix(prefix + "/") else { return Refusal.nonexistent(request.path).response }
        guard verifier.admit(request) else {
            return Refusal.netsuite(
                401, "INVALID_LOGIN", "Invalid login attempt. For more details, see the Login Audit Trail."
            )
            .response.adding("WWW-Authenticate", "OAuth realm=\"\(settings.account)\"")
        }
        if request.body == .other {
            return Refusal.netsuite(400, "INVALID_CONTENT", "Invalid JSON in the request body.").response
        }
        let inner = request.removingPrefix(prefix)
        switch Self.routes.match(inner) {
        case .unknown: return Refusal.netsuite(404, "NOT_FOUND", "Invalid URL \(request.path).").response
        case .wrongMethod:
            return Refusal.netsuite(405, "METHOD_NOT_ALLOWED", "\(request.method) is not allowed here.").response
        case .found: return Self.routes.answer(inner, &self) ?? Refusal.nonexistent(request.path).response
        }
    }

    static let routes = RouteTable<NetSuiteSimulator>([
        Route("POST", "query/v1/suiteql") { try $0.runSuiteQL($1) },
        Route("GET", "record/v1/{type}") { try $0.listRecords($1) },
        Route("POST", "record/v1/{type}") { try $0.createRecord($1) },
        Route("GET", "record/v1/{type}/{id}") { try $0.readRecord($1) },
        Route("PATCH", "record/v1/{type}/{id}") { try $0.patchRecord($1) },
        Route("PUT", "record/v1/{type}/{id}") { try $0.upsertRecord($1) },
        Route("DELETE", "record/v1/{type}/{id}") { try $0.deleteRecord($1) },
        Route("POST", "record/v1/{type}/{id}/!transform/{target}") { try $0.transformRecord($1) },
    ])

    func snapshot() -> JSON {
        var collections = JSONObject()
        for type in NetSuiteRecordType.allCases {
            let records = transactionIDs.compactMap { transactions[$0] }.filter { $0.type == type }
            collections[type.collection] = .array(records.map { json($0, expanded: true, links: nil) })
        }
        collections["customers"] = .array(customers.map { $0.json() })
        collections["items"] = .array(items.map { $0.json() })
        return .object(collections)
    }

    mutating func reset() {
        transactions = [:]
        transactionIDs = []
        documentIDs = [:]
        externalIDs = [:]
        hasAdvancedReceiving = true
        setUpMasterData()
    }

    mutating func learn(sku: String) {
        if item(sku: sku) == nil { _ = addItem(sku: sku) }
    }

    mutating func takeEffects() -> [ProviderEffect<Never>] { [] }
}
