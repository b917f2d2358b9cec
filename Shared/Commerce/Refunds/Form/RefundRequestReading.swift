/// One reading of a request form.
///
/// What cannot be read is replaced by something harmless, so that the rest can be judged; with any problem there is no
/// request.
struct RefundRequestReading {
    private let form: RefundRequestForm
    private var reader = FormReader()
    private var currency: Currency?

    init(_ form: RefundRequestForm) {
        self.form = form
    }

    var problems: [RefundProblem] { reader.problems }

    /// Nil when what matters most is missing.
    mutating func request() -> RefundRequest? {
        currency = readCurrency()
        let order = reader.order(form.order, in: currency)
        let counts = reader.list(
            form.alreadyReturned, .init("already_returned"), limit: RefundLimits.linesMax, isRequired: false)
        let goods = reader.required(form.goods, .init("return"), "an object with the lines that come back")
        let lines = goods.map { reader.list($0.lines, .init("return.lines"), limit: RefundLimits.linesMax) } ?? []
        let exchange = reader.exchange(form.exchange, in: currency)
        let policy = reader.policy(form.policy, in: currency)
        guard let order, let currency else { return nil }
        var units = UnitReading(order)
        units.readReturned(counts, &reader)
        let others = OtherReturns(units: units.taken, kept: units.kept)
        return RefundRequest(
            currency: currency, order: order, others: others, lines: units.readGoods(lines, &reader),
            exchange: exchange, policy: policy)
    }

    private mutating func readCurrency() -> Currency? {
        let name = RequestPath("currency")
        guard let code = reader.required(form.currency, name, "an ISO 4217 code such as USD") else { return nil }
        if let currency = Currency(code: code) { return currency }
        reader.report(
            .unknownCurrency, name, "Unknown currency '\(code.shown)'; give an ISO 4217 code such as USD.")
        return nil
    }
}
