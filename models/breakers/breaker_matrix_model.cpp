// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/breaker_matrix_model.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"

namespace atalaya::breakers {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Order of "not closed first": open, half-open, forced, unknown, bypassed, closed.
int urgency(const Breaker &breaker)
{
    switch (breaker.shownState()) {
    case State::Critical:
        return 0;
    case State::Pending:
        return 1;
    case State::Forced:
        return 2;
    case State::Unknown:
        return 3;
    case State::Warning:
        return 4;
    default:
        return 5;
    }
}

int urgencyOf(const BreakerMatrixRow &row)
{
    int most = 5;
    for (const Breaker &breaker : row.breakers)
        most = std::min(most, urgency(breaker));
    return most;
}

} // namespace

BreakerMatrixModel::BreakerMatrixModel(const workspace::Environment &environment, const BreakerStore &store,
                                       const Clock &clock, QObject *parent)
    : KeyedTableModel(parent), m_environment(environment), m_store(store), m_clock(clock)
{
    for (const workspace::System &system : environment.systems)
        m_columns = std::max(m_columns, 1 + static_cast<int>(system.instances.size()));
    connect(&store, &BreakerStore::changed, this, [this] { rebuild(); });
    connect(&m_second, &QTimer::timeout, this, [this] { tick(); });
    m_second.start(1000);
    rebuild();
}

void BreakerMatrixModel::setSystem(const QString &key)
{
    m_system = key;
    rebuild();
}

void BreakerMatrixModel::setNotClosedFirst(bool first)
{
    m_isNotClosedFirst = first;
    rebuild();
}

void BreakerMatrixModel::tick()
{
    rebuild(); // readings grow stale by the clock alone
    if (rowCount() > 0 && m_columns > 1)
        Q_EMIT dataChanged(index(0, 1), index(rowCount() - 1, m_columns - 1), {Qt::DisplayRole, DetailRole});
}

QString BreakerMatrixModel::countsText() const
{
    QString text = m_notClosed == 0 ? u"none not closed"_s : u"%1 not closed"_s.arg(m_notClosed);
    if (m_notKnown > 0)
        text += u", %1 not known"_s.arg(m_notKnown);
    return text;
}

QModelIndex BreakerMatrixModel::indexOfBreaker(const BreakerId &id) const
{
    for (int i = 0; i < rowCount(); ++i) {
        const BreakerMatrixRow &shown = row(i);
        for (int column = 0; column < shown.breakers.size(); ++column) {
            if (shown.breakers.at(column).id == id)
                return index(i, column + 1);
        }
    }
    return {};
}

int BreakerMatrixModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

QString BreakerMatrixModel::keyOf(const BreakerMatrixRow &row) const
{
    return row.kind == MatrixRowKind::Breaker ? u"b/"_s + row.system + u'/' + row.name : u"s/"_s + row.system;
}

void BreakerMatrixModel::rebuild()
{
    const QList<Breaker> all = m_store.breakers();
    const QStringList without = m_store.systemsWithout();
    QList<BreakerMatrixRow> rows, last;
    int columns = m_columns;
    m_notClosed = m_notKnown = 0;
    for (const workspace::System &system : m_environment.systems) {
        if (!m_system.isEmpty() && m_system != system.key)
            continue;
        BreakerMatrixRow head;
        head.system = system.key;
        QList<BreakerMatrixRow> members;
        for (const Breaker &breaker : all) {
            if (breaker.id.system != system.key)
                continue;
            if (members.isEmpty() || members.last().name != breaker.id.name) {
                BreakerMatrixRow member;
                member.kind = MatrixRowKind::Breaker;
                member.system = system.key;
                member.name = breaker.id.name;
                members.append(member);
            }
            members.last().breakers.append(breaker);
            if (!head.instances.contains(breaker.id.instance))
                head.instances += breaker.id.instance;
            m_notClosed += breaker.state() == BreakerState::Open || breaker.state() == BreakerState::HalfOpen ||
                           breaker.mode() == BreakerMode::ForcedOpen;
            m_notKnown += breaker.state() == BreakerState::Unknown;
        }
        if (members.isEmpty()) {
            const bool declaresNone = without.contains(system.key);
            head.kind = declaresNone ? MatrixRowKind::Without : MatrixRowKind::NotKnown;
            head.text = !declaresNone     ? u"its breakers are not known"_s
                        : system.breakers ? u"declares no breakers"_s
                                          : u"no breakers configured"_s;
            (declaresNone ? last : rows).append(head);
            continue;
        }
        columns = std::max(columns, 1 + static_cast<int>(head.instances.size()));
        if (m_isNotClosedFirst)
            std::stable_sort(members.begin(), members.end(), [](const BreakerMatrixRow &a, const BreakerMatrixRow &b) {
                return urgencyOf(a) < urgencyOf(b);
            });
        rows.append(head);
        rows.append(members);
    }
    if (columns > m_columns) {
        beginInsertColumns({}, m_columns, columns - 1);
        m_columns = columns;
        endInsertColumns();
    }
    reconcile(rows + last);
}

QString BreakerMatrixModel::detailOf(const Breaker &breaker) const
{
    const Timestamp now = m_clock.now();
    if (breaker.state() == BreakerState::Unknown && !(breaker.control && breaker.controlLive) &&
        !(breaker.gauge && breaker.gaugeLive)) {
        const auto seen = breaker.lastSeen();
        QString text = seen ? u"last seen %1, %2 ago"_s.arg(stateWord(seen->first).replace(u'_', u'-'),
                                                            ageText(now - seen->second))
                            : u"never seen"_s;
        return breaker.controlError.isEmpty() ? text : text + u", "_s + breaker.controlError;
    }
    QStringList texts;
    if (breaker.differs())
        texts += u"metric says "_s + breaker.gauge->word().replace(u'_', u'-');
    if (breaker.tripLostAt)
        texts += u"trip lost at restart"_s;
    if (breaker.failureRate)
        texts += quantity(*breaker.failureRate * 100, u"percent"_s, 2).joined();
    if (breaker.rejectedPerSecond && *breaker.rejectedPerSecond > 0)
        texts += quantity(*breaker.rejectedPerSecond, u"ops"_s, 3).joined() + u" cut"_s;
    else if (breaker.callsPerSecond)
        texts += quantity(*breaker.callsPerSecond, u"ops"_s, 3).joined();
    else if (!breaker.control || !breaker.controlLive)
        texts +=
            breaker.controlError.isEmpty() ? u"calls not known"_s : u"calls not known (%1)"_s.arg(breaker.controlError);
    if (breaker.control && breaker.controlLive) {
        if (breaker.mode() == BreakerMode::ForcedOpen)
            texts += breaker.control->forcedUntil ? u"ends in "_s + countdownText(*breaker.control->forcedUntil - now)
                                                  : u"until reset"_s;
        else if (breaker.state() == BreakerState::Open && breaker.control->nextProbeAt)
            texts += u"probe in "_s + countdownText(*breaker.control->nextProbeAt - now);
        else if (breaker.state() == BreakerState::HalfOpen && breaker.control->counters &&
                 breaker.control->config.halfOpenMaxCalls)
            texts += u"probe %1 of %2"_s.arg(breaker.control->counters->halfOpenCalls)
                         .arg(*breaker.control->config.halfOpenMaxCalls);
    }
    return texts.join(u", "_s);
}

QVariant BreakerMatrixModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BreakerMatrixRow &shown = row(index.row());
    const int cell = index.column() - 1;
    const Breaker *breaker = cell >= 0 && cell < shown.breakers.size() ? &shown.breakers.at(cell) : nullptr;
    switch (role) {
    case RowKindRole:
        return static_cast<int>(shown.kind);
    case SystemRole:
        return shown.system;
    case NameRole:
        return shown.name;
    case BreakerRole:
        return breaker ? QVariant::fromValue(*breaker) : QVariant();
    case RowBreakersRole:
        return QVariant::fromValue(shown.breakers);
    case StateRole:
        if (breaker)
            return static_cast<int>(breaker->shownState());
        if (!shown.breakers.isEmpty() && cell < 0) {
            const auto worst =
                std::min_element(shown.breakers.begin(), shown.breakers.end(),
                                 [](const Breaker &a, const Breaker &b) { return urgency(a) < urgency(b); });
            return static_cast<int>(worst->shownState());
        }
        return {};
    case DetailRole:
        return breaker ? detailOf(*breaker) : QVariant();
    case RateHistoryRole: {
        if (!breaker)
            return {};
        QList<double> rates;
        const auto history = m_store.failureRateHistory(breaker->id);
        for (const auto &[at, rate] : history)
            rates.append(rate);
        return QVariant::fromValue(rates);
    }
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    if (cell < 0)
        return shown.kind == MatrixRowKind::Breaker ? shown.name : shown.system;
    if (breaker) {
        const QString detail = detailOf(*breaker);
        return detail.isEmpty() ? breaker->shownWord() : breaker->shownWord() + u": "_s + detail;
    }
    if (shown.kind == MatrixRowKind::System)
        return shown.instances.value(cell);
    return cell == 0 ? QVariant(shown.text) : QVariant();
}

} // namespace atalaya::breakers
