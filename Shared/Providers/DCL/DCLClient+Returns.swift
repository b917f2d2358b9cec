import Commerce
import Foundation

extension DCLClient {
    // LIMIT: the warehouse's own bound on a page.
    private static let returnsPerPage = 100
    // LIMIT: keeps the URL below what every server takes.
    private static let numbersPerQuery = 50

    /// Announces a return, and reads a taken number as success when the return there is the same.
    ///
    /// After `unknownOutcome` the same call may be made at once: the warehouse keeps the number unique.
    ///
    /// Failure: `refused` in the warehouse's words; `refused("return_number_taken")` when another return has the number;
    /// `refused("return_number_cancelled")` when it was cancelled.
    public func createReturn(_ draft: DCLReturnDraft) async throws(ProviderFailure) -> DCLSubmission {
        let body = try ProviderJSON.encode(DCLReturnRequest(draft: draft, settings: settings))
        do {
            _ = try await returnLink.send(request("POST", "rmas", body: body), .write)
            return .accepted
        } catch {
            guard case .refused(DCLErrorWords.existsCode, _) = error else { throw error }
            return try await confirm(draft)
        }
    }

    /// The return; nil when the warehouse has none with this number.
    public func returnAuthorization(_ number: DCLOrderNumber) async throws(ProviderFailure) -> DCLReturn? {
        try await returns([number]).first { $0.number == number.text }
    }

    /// Those of the returns that the warehouse has.
    public func returns(_ numbers: [DCLOrderNumber]) async throws(ProviderFailure) -> [DCLReturn] {
        var found: [DCLReturn] = []
        var rest = numbers[...]
        while !rest.isEmpty {
            let chunk = rest.prefix(Self.numbersPerQuery)
            rest = rest.dropFirst(chunk.count)
            found += try await allReturns([("rma_numbers", chunk.map(\.text).joined(separator: ","))])
        }
        return found
    }

    /// One page, counted from 1, of the returns changed since then. Ask with a few minutes of overlap.
    public func returns(modifiedSince moment: Date, page: Int) async throws(ProviderFailure) -> DCLReturnPage {
        let returns = try await self.page(page, of: [("modified_from", DCLTime.text(notAfter: moment))])
        return DCLReturnPage(returns: returns, isLast: returns.count < Self.returnsPerPage)
    }

    /// Takes a return back of which nothing has come in; one that is cancelled already is left as it is.
    ///
    /// Failure: `refused("409")` once anything was received. Idempotent.
    public func cancelReturn(_ number: DCLOrderNumber) async throws(ProviderFailure) {
        let body = try ProviderJSON.encode(["account_number": settings.accountNumber])
        _ = try await link.send(
            request("PUT", "rmas/\(PercentEncoding.encode(number.text))/cancel", body: body), .write)
    }

    private func confirm(_ draft: DCLReturnDraft) async throws(ProviderFailure) -> DCLSubmission {
        guard let present = try await returnAuthorization(draft.number) else {
            throw .unknownOutcome(
                code: "return_not_visible", message: "The warehouse has the number but does not show the return.")
        }
        if present.isCancelled {
            throw .refused(
                code: "return_number_cancelled", message: "\(draft.number) was cancelled and cannot be used again.")
        }
        guard present.isSame(as: draft) else {
            throw .refused(code: "return_number_taken", message: "\(draft.number) belongs to another return.")
        }
        return .existed
    }

    /// WHY: there is no total; the last page is the one that is not full.
    private func allReturns(_ query: [(String, String)]) async throws(ProviderFailure) -> [DCLReturn] {
        var returns: [DCLReturn] = []
        var page = 1
        while true {
            let found = try await self.page(page, of: query)
            returns += found
            guard found.count >= Self.returnsPerPage else { return returns }
            page += 1
        }
    }

    private func page(_ page: Int, of query: [(String, String)]) async throws(ProviderFailure) -> [DCLReturn] {
        let paged = query + [("page", "\(page)"), ("page_size", "\(Self.returnsPerPage)")]
        return try await link.send(request("GET", "rmas", query: paged), .read, as: ReturnsAnswer.self).returns
    }
}

/// Some of the returns that were asked for.
public struct DCLReturnPage: Sendable, Equatable {
    public let returns: [DCLReturn]
    /// Whether there is no page after it.
    public let isLast: Bool
}

private struct ReturnsAnswer: Decodable {
    let returns: [DCLReturn]

    private enum CodingKeys: String, CodingKey { case returns = "rmas" }

    init(from decoder: any Decoder) throws {
        returns = try decoder.container(keyedBy: CodingKeys.self).list(.returns)
    }
}
