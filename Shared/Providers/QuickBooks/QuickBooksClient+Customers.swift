import Commerce

extension QuickBooksClient {
    /// The id of the first customer with this address; nil when the books know none.
    public func customer(email: String) async throws(ProviderFailure) -> String? {
        let query = QuickBooksQuery.find("Customer", where: "PrimaryEmailAddr", is: email)
        let answer: QuickBooksRows<Row> = try await get("query", query: [("query", query)])
        return answer.rows.first?.id
    }

    /// The company's name: a call that changes nothing, to try the connection.
    public func companyName() async throws(ProviderFailure) -> String {
        let answer: QuickBooksEntity<Company> = try await get("companyinfo/\(settings.realmID)")
        return answer.value.name ?? settings.realmID
    }
}

private struct Row: Decodable {
    let id: String

    private enum CodingKeys: String, CodingKey { case id = "Id" }

    init(from decoder: any Decoder) throws {
        id = try decoder.container(keyedBy: CodingKeys.self).decode(DecimalText.self, forKey: .id).text
    }
}

private struct Company: Decodable {
    let name: String?

    private enum CodingKeys: String, CodingKey { case name = "CompanyName" }
}
