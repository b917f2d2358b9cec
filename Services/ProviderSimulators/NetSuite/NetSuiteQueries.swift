import Foundation

/// `POST /query/v1/suiteql`.
extension NetSuiteSimulator {
    mutating func runSuiteQL(_ call: Call) throws -> SimulatedResponse {
        let request = call.request
        let preferences = request.header("prefer")?.lowercased() ?? ""
        guard preferences.contains("transient") else {
            throw Refusal.netsuite(
                400, "INVALID_HEADER",
                "The required request header 'Prefer' is missing or invalid. It must be 'transient'.")
        }
        let page = try NetSuitePage(request)
        guard let text = request.json["q"].string, !text.isEmpty else {
            throw Refusal.netsuite(400, "INVALID_PARAMETER", "The query (q) is missing.", path: "q")
        }
        let rows: [JSONObject]
        do throws(SuiteQLError) {
            rows = try SuiteQLEngine(source: NetSuiteTables(account: self)).run(SuiteQLParser.parse(text))
        } catch {
            throw Refusal.netsuite(
                400, "INVALID_PARAMETER",
                "Invalid search query. Detailed unprocessed description follows. "
                    + "Search error occurred: \(error.message)"
            )
        }
        let items = page.slice(rows).map { row in JSON.object(JSONObject([("links", [])]).merging(row)) }
        let url = "\(request.origin)\(request.prefix)/query/v1/suiteql"
        return .json(page.envelope(items, total: rows.count, url: url))
    }
}
