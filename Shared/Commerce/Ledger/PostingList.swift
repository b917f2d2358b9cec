/// Collects postings: amounts of zero are none, and what is below zero belongs to the other side.
struct PostingList {
    private(set) var postings: [LedgerPosting] = []

    mutating func debit(_ account: LedgerAccount, _ amount: Int64, tender: String? = nil) {
        if amount > 0 { postings.append(LedgerPosting(account: account, tender: tender, debit: amount)) }
        if amount < 0 { postings.append(LedgerPosting(account: account, tender: tender, credit: -amount)) }
    }

    /// The same with one posting for each account and tender.
    var netted: [LedgerPosting] {
        var list = PostingList()
        var done: [LedgerPosting] = []
        func isSame(_ one: LedgerPosting, _ other: LedgerPosting) -> Bool {
            one.account == other.account && one.tender == other.tender
        }
        for posting in postings where !done.contains(where: { isSame($0, posting) }) {
            done.append(posting)
            let all = postings.filter { isSame($0, posting) }
            list.debit(posting.account, all.reduce(0) { $0 + $1.debit - $1.credit }, tender: posting.tender)
        }
        return list.postings
    }

    mutating func credit(_ account: LedgerAccount, _ amount: Int64, tender: String? = nil) {
        debit(account, -amount, tender: tender)
    }
}
