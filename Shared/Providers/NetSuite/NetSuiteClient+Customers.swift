import Commerce

extension NetSuiteClient {
    /// The internal id of the oldest customer with this address; nil when there is none.
    public func customer(email: String) async throws(ProviderFailure) -> String? {
        let address = SuiteQLLiteral.quote(email.lowercased())
        let page = try await suiteQL(
            "SELECT c.id, c.email FROM customer c WHERE LOWER(c.email) = \(address) ORDER BY c.id ASC", limit: 1)
        return page.items.first?["id"]
    }

    /// Creates a customer once.
    ///
    /// After `unknownOutcome` the same call may be made at once: NetSuite keeps the external id unique.
    public func createCustomer(_ draft: NetSuiteCustomerDraft) async throws(ProviderFailure) -> NetSuiteCreation {
        var draft = draft
        draft.subsidiary = draft.subsidiary ?? settings.subsidiaryID.map { NetSuiteReference(id: $0) }
        return try await create("record/v1/customer", draft, type: "customer", externalID: draft.externalId)
    }
}

/// A person to create as a customer.
public struct NetSuiteCustomerDraft: Encodable, Sendable, Equatable {
    /// Unique at NetSuite, e.g. `shopify-customer-7071195510`.
    public var externalId: String
    public var isPerson = true
    public var firstName: String
    public var lastName: String
    public var email: String?
    public var phone: String?
    public var subsidiary: NetSuiteReference?

    public init(externalID: String, firstName: String, lastName: String, email: String?, phone: String? = nil) {
        externalId = externalID
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.phone = phone
    }
}
