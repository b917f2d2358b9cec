import Commerce

extension Endpoint {
    /// The refund calculation on what the request itself says; nothing stored is read or changed.
    static func calculateRefund() -> Endpoint {
        .post(
            "/refunds/calculate", .returnsRead,
            Operation(
                id: "calculateRefund", summary: "What a refund comes to, to the cent, and how", body: "RefundRequest",
                answers: [200: "RefundCalculation"])
        ) { request in
            let form: RefundRequestForm = try request.decode()
            do {
                return .ok(.raw(try RefundCalculation.result(for: form.request()).jsonText))
            } catch let wrong as RefundProblems {
                throw Problem(wrong)
            }
        }
    }
}

extension Problem {
    /// The first of what is wrong; the detail tells the rest.
    init(_ wrong: RefundProblems) {
        let first = wrong.problems[0]
        let further = wrong.problems.dropFirst().map { "\($0.field): \($0.message)" }
        self.init(
            422, first.code.rawValue, ([first.message] + further).joined(separator: " "), field: first.field,
            allowed: first.allowed)
    }
}
