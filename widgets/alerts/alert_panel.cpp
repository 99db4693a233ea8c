// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/alert_panel.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"
#include "widgets/alerts/alert_history.h"
#include "widgets/alerts/firing_chart.h"
#include "widgets/alerts/label_chips.h"
#include "widgets/alerts/limit_split.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/hairline.h"
#include "widgets/common/mono_box.h"
#include "widgets/common/scroll_body.h"
#include "widgets/common/side_head.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QTimer>
#include <QtCore/QUrl>
#include <QtGui/QClipboard>
#include <QtGui/QDesktopServices>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using theme::Token;

namespace {

constexpr Milliseconds historyLength = 24h;
constexpr Milliseconds historyStep = 5min;

QString runbookOf(const Alert &alert)
{
    for (const Labels &annotations : {alert.annotations, alert.rule ? alert.rule->annotations : Labels()}) {
        for (const QString &name : {u"runbook_url"_s, u"runbook"_s}) {
            const QString book = labelValue(annotations, name);
            if (!book.isEmpty())
                return book;
        }
    }
    return {};
}

/// Only what a browser opens safely; an annotation could name a program.
bool isWebAddress(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == u"https" || url.scheme() == u"http");
}

bool isPartOf(const Labels &labels, const Labels &whole)
{
    for (const auto &[name, value] : labels) {
        if (name != u"__name__" && labelValue(whole, name) != value)
            return false;
    }
    return true;
}

} // namespace

QString prometheusOf(const workspace::Environment &environment, const Alert &alert)
{
    QStringList servers;
    for (const workspace::Source &source : environment.sources) {
        if (source.kind == workspace::SourceKind::Prometheus)
            servers += source.name;
    }
    for (const QString &source : alert.sources) {
        if (servers.contains(source))
            return source;
    }
    for (const workspace::System &system : environment.systems) {
        if (system.key == alert.system && servers.contains(system.prometheus))
            return system.prometheus;
    }
    return servers.size() == 1 ? servers.first() : QString();
}

class AlertPanel::Private
{
public:
    Private(AlertPanel *panel, const workspace::Environment &environment, const AlertStore &store,
            metrics::MetricStore &metrics, const Clock &clock, const QTimeZone &zone)
        : q(panel), environment(environment), store(store), metrics(metrics), clock(clock), zone(zone)
    {
    }
    ~Private()
    {
        chartAnswer.cancel();
        historyAnswer.cancel();
    }

    void build();
    QLabel *heading(QVBoxLayout *into, const QString &text, QLabel **right = nullptr);
    void fill();
    void writeStatus();
    void fillFacts();
    void ask();
    void askChart();
    void askHistory();
    void showChart();

    AlertPanel *q;
    const workspace::Environment &environment;
    const AlertStore &store;
    metrics::MetricStore &metrics;
    const Clock &clock;
    QTimeZone zone;
    Alert alert;
    bool gone = false;

    common::SideHead *head = nullptr;
    QLabel *summary = nullptr, *chartTitle = nullptr, *chartNote = nullptr, *historyText = nullptr;
    QLabel *historyFrom = nullptr, *historyMiddle = nullptr;
    QPushButton *runbook = nullptr, *copy = nullptr;
    FiringChart *chart = nullptr;
    common::MonoBox *expr = nullptr;
    AlertHistoryStrip *history = nullptr;
    LabelChips *chips = nullptr;
    common::FactRows *facts = nullptr;
    QTimer *second = nullptr;

    std::optional<LimitSplit> split;
    FiringView view;
    Pending<metrics::QueryResult> chartAnswer;
    Pending<metrics::QueryResult> historyAnswer;
    bool chartAsked = false, historyAsked = false;
    Milliseconds askedAt{};
    quint64 turn = 0; ///< grows with every alert, so that a late answer to an old one is dropped
};

QLabel *AlertPanel::Private::heading(QVBoxLayout *into, const QString &text, QLabel **right)
{
    auto *row = new QHBoxLayout;
    auto *title = new QLabel(text, q);
    title->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    row->addWidget(title);
    row->addStretch(1);
    if (right) {
        *right = new QLabel(q);
        (*right)->setProperty("tone", u"3"_s);
        (*right)->setFont(theme::font(theme::TextSize::Small));
        row->addWidget(*right);
    }
    into->addLayout(row);
    return title;
}

void AlertPanel::Private::build()
{
    q->setObjectName(u"alertPanel"_s);
    q->setProperty("surface", u"surface"_s);
    q->setMinimumWidth(theme::sidePanelMinimum);

    auto *scroll = new QScrollArea(q);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *body = new common::ScrollBody(scroll);
    head = new common::SideHead(theme::font(theme::TextSize::Title, QFont::DemiBold), body);
    head->title()->setObjectName(u"alertName"_s);
    head->subtitle()->setObjectName(u"alertStatus"_s);
    head->subtitle()->setTextFormat(Qt::RichText);
    runbook = new QPushButton(theme::icon(theme::Icon::Book, Token::Text1), tr("Runbook"), q);
    runbook->setObjectName(u"openRunbook"_s);
    runbook->setIconSize(QSize(22, 16));
    copy = new QPushButton(theme::icon(theme::Icon::Copy, Token::Text1), tr("Copy labels"), q);
    copy->setObjectName(u"copyLabels"_s);
    copy->setIconSize(QSize(22, 16));
    copy->setToolTip(tr("Copy the label set as matchers"));
    auto *actions = new QHBoxLayout;
    actions->setSpacing(8);
    actions->addWidget(runbook);
    actions->addWidget(copy);
    actions->addStretch(1);
    summary = new QLabel(q);
    summary->setObjectName(u"alertSummary"_s);
    summary->setTextFormat(Qt::PlainText);
    summary->setWordWrap(true);
    summary->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *bodyLayout = new QVBoxLayout(body);
    bodyLayout->setContentsMargins(0, 0, 0, 16);
    bodyLayout->setSpacing(0);
    const auto section = [&] {
        auto *layout = new QVBoxLayout;
        layout->setContentsMargins(16, 12, 16, 12);
        layout->setSpacing(8);
        if (bodyLayout->count() > 1)
            bodyLayout->addWidget(common::hairline(body));
        bodyLayout->addLayout(layout);
        return layout;
    };
    bodyLayout->addWidget(head);
    QVBoxLayout *first = section();
    first->setContentsMargins(16, 0, 16, 12);
    first->addLayout(actions);
    first->addWidget(summary);

    QVBoxLayout *firing = section();
    chartTitle = heading(firing, tr("Around the firing"), &chartNote);
    chart = new FiringChart(q);
    firing->addWidget(chart);
    expr = new common::MonoBox({}, q);
    expr->setObjectName(u"ruleExpr"_s);
    expr->setAccessibleName(tr("The rule's expression"));
    expr->setMaximumLines(9);
    firing->addWidget(expr);

    QVBoxLayout *day = section();
    heading(day, tr("Last 24 h"), &historyText);
    historyText->setObjectName(u"historyText"_s);
    history = new AlertHistoryStrip(q);
    day->addWidget(history);
    auto *stamps = new QHBoxLayout;
    const auto stamp = [this](const QString &text) {
        auto *label = new QLabel(text, q);
        label->setProperty("tone", u"3"_s);
        label->setFont(theme::font(theme::TextSize::Small));
        return label;
    };
    historyFrom = stamp({});
    historyMiddle = stamp({});
    stamps->addWidget(historyFrom);
    stamps->addStretch(1);
    stamps->addWidget(historyMiddle);
    stamps->addStretch(1);
    stamps->addWidget(stamp(tr("now")));
    day->addLayout(stamps);

    QVBoxLayout *labels = section();
    heading(labels, tr("Labels"));
    chips = new LabelChips(q);
    labels->addWidget(chips);
    facts = new common::FactRows(q, theme::TextSize::Small);
    facts->setObjectName(u"alertFacts"_s);
    labels->addSpacing(4);
    labels->addWidget(facts);
    bodyLayout->addStretch(1);

    auto *layout = new QVBoxLayout(q);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->addWidget(scroll);

    second = new QTimer(q);
    second->setInterval(1s);
    connect(second, &QTimer::timeout, q, [this] {
        if (!q->isVisible())
            return;
        writeStatus();
        if (chartAsked)
            showChart();
    });
    second->start();
    connect(head, &common::SideHead::closeRequested, q, &AlertPanel::closeRequested);
    connect(chips, &LabelChips::labelChosen, q, &AlertPanel::labelChosen);
    connect(runbook, &QPushButton::clicked, q, [this] { QDesktopServices::openUrl(QUrl(runbookOf(alert))); });
    connect(copy, &QPushButton::clicked, q,
            [this] { QGuiApplication::clipboard()->setText(labelsText(alert.labels)); });
}

void AlertPanel::Private::writeStatus()
{
    const theme::Theme &look = theme::themeOf(q);
    const Milliseconds age = clock.now() - alert.startsAt;
    const QString severity =
        alert.severity.isEmpty() ? tr("No severity") : alert.severity.left(1).toUpper() + alert.severity.mid(1);
    QString rest = gone ? tr("is no longer reported; this is the last that was known") : tr("for %1").arg(ageText(age));
    if (!gone && !alert.system.isEmpty())
        rest += u", "_s + alert.system;
    const State state = gone ? State::Stale : stateOf(alert);
    head->subtitle()->setText(
        u"<span style=\"color:%1;font-weight:600\">%2</span> <span style=\"color:%3\">%4</span>"_s.arg(
            look.color(state).name(), u"%1, %2"_s.arg(severity, stateWord(alert.state)).toHtmlEscaped(),
            look.color(Token::Text3).name(), rest.toHtmlEscaped()));
    head->subtitle()->setToolTip(tr("since %1").arg(rfc3339(alert.startsAt)));
}

void AlertPanel::Private::fill()
{
    head->showState(gone ? State::Stale : stateOf(alert));
    head->title()->setText(alert.name);
    writeStatus();
    const QString description = labelValue(alert.annotations, u"description"_s);
    QString text = alert.summary();
    if (!description.isEmpty() && description != text)
        text += (text.isEmpty() ? QString() : u"\n"_s) + description;
    summary->setText(text.isEmpty() ? tr("The rule has no summary.") : text);
    const QString book = runbookOf(alert);
    const bool opens = isWebAddress(book);
    runbook->setEnabled(opens);
    runbook->setToolTip(opens            ? tr("Open %1 in the browser").arg(book)
                        : book.isEmpty() ? tr("The rule's annotations name no runbook")
                                         : tr("\"%1\" is no web address").arg(book));
    const QString ruleText = alert.rule ? alert.rule->expr : QString();
    if (expr->toPlainText() != ruleText)
        expr->setText(ruleText);
    expr->setVisible(!ruleText.isEmpty());
    chips->setLabels(alert.labels);
    fillFacts();
}

void AlertPanel::Private::fillFacts()
{
    const Timestamp now = clock.now();
    QList<common::Fact> list;
    const auto add = [&](const QString &label, const QString &value, const QString &tip = {},
                         Token tone = Token::Text1) {
        list.append({label, value, tone, false, tip});
    };
    if (alert.value)
        add(tr("Value"), quantity(*alert.value, u"short"_s).joined(), fullQuantity(*alert.value, {}));
    QHash<QString, Silence> silences;
    const QList<Silence> known = store.silences();
    for (const Silence &silence : known)
        silences.insert(silence.id, silence);
    for (const QString &id : alert.silencedBy) {
        const auto it = silences.constFind(id);
        if (it == silences.cend()) {
            add(tr("Silenced by"), id);
            continue;
        }
        const QString who = it->createdBy.isEmpty() ? tr("nobody named") : it->createdBy;
        add(tr("Silenced by"),
            it->comment.isEmpty() ? tr("%1, until %2").arg(who, whenText(it->endsAt, now, zone))
                                  : tr("%1, until %2: %3").arg(who, whenText(it->endsAt, now, zone), it->comment),
            matchersText(it->matchers));
    }
    if (!alert.inhibitedBy.isEmpty()) {
        QStringList causes;
        const QList<Alert> all = store.alerts();
        for (const QString &fingerprint : alert.inhibitedBy) {
            const auto cause = std::find_if(all.begin(), all.end(),
                                            [&](const Alert &each) { return each.fingerprint == fingerprint; });
            causes += cause == all.end() ? fingerprint : cause->name;
        }
        add(tr("Inhibited by"), causes.join(u", "));
    }
    QStringList inhibits;
    for (const Alert &each : store.alerts()) {
        if (each.inhibitedBy.contains(alert.fingerprint))
            inhibits += each.name;
    }
    if (!inhibits.isEmpty())
        add(tr("Inhibits"), inhibits.join(u", "));
    add(tr("Seen by"), alert.sources.isEmpty() ? tr("not known") : alert.sources.join(u", "));
    if (!alert.receivers.isEmpty())
        add(tr("Told to"), alert.receivers.join(u", "));
    else if (alert.state != AlertState::Pending)
        add(tr("Told to"),
            store.hasLiveAlertmanager() ? tr("nobody: no Alertmanager lists it")
                                        : tr("not known: no Alertmanager answers"),
            {}, Token::Warning);
    if (alert.rule) {
        const Rule &rule = *alert.rule;
        add(tr("Rule"),
            tr("%1, group %2, evaluated %3 ago")
                .arg(rule.file.section(u'/', -1), rule.group, ageText(now - rule.lastEvaluation)),
            rule.file);
        add(tr("Holds for"), rule.holdFor == 0ms ? tr("fires at once") : durationText(rule.holdFor));
        if (rule.health != u"ok")
            add(tr("Rule health"), rule.lastError.isEmpty() ? rule.health : rule.lastError, {}, Token::Warning);
    } else {
        add(tr("Rule"), tr("not known: no Prometheus lists it"), {}, Token::Text3);
    }
    const QString book = runbookOf(alert);
    add(tr("Runbook"), book.isEmpty() ? tr("none in the rule's annotations") : book, {},
        book.isEmpty() ? Token::Text3 : Token::Text1);
    for (const auto &[key, value] : alert.annotations) {
        if (key != u"summary" && key != u"description" && key != u"runbook_url" && key != u"runbook")
            add(key, value);
    }
    facts->setFacts(list);
}

void AlertPanel::Private::ask()
{
    ++turn;
    chartAnswer.cancel();
    historyAnswer.cancel();
    askChart();
    askHistory();
}

void AlertPanel::Private::askChart()
{
    const Timestamp now = clock.now();
    view = {};
    view.critical = alert.severity == u"critical";
    const Timestamp began = alert.activeAt == Timestamp{} ? alert.startsAt : alert.activeAt;
    view.range.from = began - 11min;
    view.range.to = std::min(now, std::max(alert.startsAt, began) + 20min);
    if (view.range.length() < 5min)
        view.range.from = view.range.to - 15min;
    view.overSince = began;
    if (alert.state != AlertState::Pending)
        view.fired = alert.startsAt;
    split = alert.rule ? splitAtLimit(alert.rule->expr) : std::nullopt;
    if (split)
        view.limit = split->limit;
    chartAsked = false;
    const QString source = prometheusOf(environment, alert);
    if (!alert.rule) {
        view.words = tr("No Prometheus lists the rule, so its value is not known.");
    } else if (source.isEmpty()) {
        view.words = tr("No Prometheus of this environment can be asked about it.");
    } else {
        chartAsked = true;
        askedAt = clock.elapsed();
        const Milliseconds step = stepFor(view.range, 180, 15s);
        // Whole steps, so that two panels of one rule share their samples.
        const auto aligned = Timestamp(view.range.from.time_since_epoch() / step * step);
        chartAnswer =
            metrics.fetchRangeOnce(source, split ? split->value : alert.rule->expr, {aligned, view.range.to}, step);
        whenDone(chartAnswer, q, [this, mine = turn](const Result<metrics::QueryResult> &answer) {
            if (mine != turn)
                return;
            chartAsked = false;
            if (!answer) {
                view.words = sentenceFor(answer.error());
                showChart();
                return;
            }
            // The rule may watch many things; of them the ones with this alert's labels are meant.
            std::vector<metrics::Series> own;
            for (const metrics::Series &series : answer->series) {
                if (isPartOf(series.labels, alert.labels))
                    own.push_back(series);
            }
            view.series = own.empty() ? answer->series : own;
            view.words = view.series.empty() ? tr("The server has no sample of it in this time.") : QString();
            showChart();
        });
    }
    showChart();
}

void AlertPanel::Private::showChart()
{
    FiringView shown = view;
    if (chartAsked)
        shown.words = tr("asked %1 ago").arg(ageText(clock.elapsed() - askedAt));
    chart->show(shown, zone);
    QStringList notes;
    if (view.overSince)
        notes += tr("over since %1").arg(clockText(*view.overSince, zone));
    if (view.fired)
        notes += tr("fired %1").arg(clockText(*view.fired, zone));
    chartNote->setText(notes.join(u", "));
}

void AlertPanel::Private::askHistory()
{
    const Timestamp now = clock.now();
    const Timestamp to(now.time_since_epoch() / historyStep * historyStep);
    const TimeRange range{to - historyLength, to};
    historyFrom->setText(clockText(range.from, zone).left(5));
    historyMiddle->setText(clockText(range.from + historyLength / 2, zone).left(5));
    history->show({});
    historyAsked = false;
    const QString source = prometheusOf(environment, alert);
    if (source.isEmpty()) {
        historyText->setText(tr("not known"));
        return;
    }
    historyText->setText(tr("asked…"));
    historyAsked = true;
    QString escaped = alert.name;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    historyAnswer = metrics.fetchRangeOnce(source, u"ALERTS{alertname=\"%1\"}"_s.arg(escaped), range, historyStep);
    whenDone(historyAnswer, q, [this, range, mine = turn](const Result<metrics::QueryResult> &answer) {
        if (mine != turn)
            return;
        historyAsked = false;
        if (!answer) {
            historyText->setText(tr("not known: %1").arg(wordsFor(answer.error().kind)));
            historyText->setToolTip(sentenceFor(answer.error()));
            return;
        }
        const AlertHistory past = historyOf(answer->series, alert, range, historyStep);
        history->show(past);
        historyText->setText(alerts::historyText(past));
        historyText->setToolTip({});
    });
}

AlertPanel::AlertPanel(const workspace::Environment &environment, const AlertStore &store,
                       metrics::MetricStore &metrics, const Clock &clock, const QTimeZone &zone, QWidget *parent)
    : QFrame(parent), d(std::make_unique<Private>(this, environment, store, metrics, clock, zone))
{
    d->build();
}

AlertPanel::~AlertPanel() = default;

void AlertPanel::show(const Alert &alert)
{
    const bool another = alert.fingerprint != d->alert.fingerprint;
    // Pending that has begun to fire moves the marks; everything else of one alert leaves the curves as they are.
    const bool moved = alert.state != d->alert.state || alert.startsAt != d->alert.startsAt ||
                       alert.rule.has_value() != d->alert.rule.has_value();
    if (!another && !d->gone && alert == d->alert)
        return;
    d->alert = alert;
    d->gone = false;
    d->fill();
    if (another || moved)
        d->ask();
}

void AlertPanel::showGone()
{
    if (d->gone || d->alert.fingerprint.isEmpty())
        return;
    d->gone = true;
    d->fill();
}

QString AlertPanel::fingerprint() const
{
    return d->alert.fingerprint;
}

void AlertPanel::setTimeZone(const QTimeZone &zone)
{
    d->zone = zone;
    if (d->alert.fingerprint.isEmpty())
        return;
    d->fill();
    d->showChart();
}

bool AlertPanel::isSettled() const
{
    return !d->chartAsked && !d->historyAsked;
}

void AlertPanel::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    theme::paintHairline(painter, QPointF(0, 0), height(), Qt::Vertical, theme::themeOf(this).color(Token::Line));
}

} // namespace atalaya::alerts

#include "moc_alert_panel.cpp"
