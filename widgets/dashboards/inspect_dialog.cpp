// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/inspect_dialog.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/mono_box.h"
#include "widgets/common/text_label.h"
#include "widgets/dashboards/panel_status.h"
#include "widgets/dashboards/series_statistics.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"

#include <QtCore/QAbstractTableModel>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QTableView>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

namespace {

/// The series of one answer: a snapshot that never changes while it is shown.
class SeriesListModel final : public QAbstractTableModel
{
public:
    SeriesListModel(std::shared_ptr<const metrics::QueryResult> result, QString unit, QObject *parent)
        : QAbstractTableModel(parent), m_result(std::move(result)), m_unit(std::move(unit))
    {
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() || !m_result ? 0 : static_cast<int>(m_result->series.size());
    }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 3; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        const metrics::Series &series = m_result->series.at(static_cast<std::size_t>(index.row()));
        if (role == Qt::TextAlignmentRole)
            return static_cast<int>((index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
            return {};
        if (index.column() == 0)
            return labelsText(series.labels);
        if (index.column() == 1)
            return QString::number(series.values.size());
        const std::optional<SeriesStatistics> statistics = statisticsOf(series);
        return statistics ? fullQuantity(statistics->last, m_unit) : InspectDialog::tr("no value");
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal)
            return {};
        if (role == Qt::TextAlignmentRole)
            return static_cast<int>((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        if (role != Qt::DisplayRole)
            return {};
        return section == 0   ? InspectDialog::tr("Series")
               : section == 1 ? InspectDialog::tr("Points")
                              : InspectDialog::tr("Last");
    }

private:
    std::shared_ptr<const metrics::QueryResult> m_result;
    QString m_unit;
};

} // namespace

InspectDialog::InspectDialog(const QString &title, const QList<PanelQueries::Answer> &answers, const QString &unit,
                             const QTimeZone &zone, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"inspectDialog"_s);
    setWindowTitle(tr("Inspect %1").arg(title));
    setWindowModality(Qt::WindowModal);
    resize(theme::confirmDialogWidth + 88, 560);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(24, 20, 24, 20);
    outer->setSpacing(12);
    outer->addWidget(common::textLabel(u"1"_s, theme::font(theme::TextSize::Title, QFont::DemiBold), this, title));

    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *body = new QWidget(scroll);
    body->setProperty("surface", u"none"_s);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(8);
    for (const PanelQueries::Answer &answer : answers) {
        const Snapshot<metrics::QueryResult> &snapshot = answer.snapshot;
        column->addWidget(
            common::textLabel(u"1"_s, theme::font(theme::TextSize::Body, QFont::DemiBold), body,
                              answer.target.refId.isEmpty() ? tr("Query") : tr("Query %1").arg(answer.target.refId)));
        auto *text = new common::MonoBox(answer.query.expr, body);
        text->setObjectName(u"query-"_s + answer.target.refId);
        text->setAccessibleName(tr("PromQL"));
        text->setMaximumLines(6);
        column->addWidget(text);

        QList<common::Fact> facts{{tr("Source"), answer.query.source},
                                  {tr("Kind"), answer.query.kind == metrics::Query::Kind::Instant
                                                   ? tr("instant")
                                                   : tr("range, step %1").arg(durationText(answer.step))}};
        if (snapshot.data) {
            std::size_t points = 0;
            for (const metrics::Series &series : snapshot.data->series)
                points += series.values.size();
            facts.append(
                {tr("Answered"), tr("%1 with %2 series, %3")
                                     .arg(clockText(snapshot.fetchedAt, zone))
                                     .arg(snapshot.data->series.size())
                                     .arg(counted(static_cast<qsizetype>(points), tr("%1 point"), tr("%1 points")))});
            if (!snapshot.error && snapshot.fetchedAt >= snapshot.askedAt && snapshot.askedAt != Timestamp{})
                facts.append(
                    {tr("Answer time"),
                     quantity(static_cast<double>((snapshot.fetchedAt - snapshot.askedAt).count()), u"ms"_s).joined()});
            for (const QString &warning : snapshot.data->warnings)
                facts.append({tr("Warning"), warning, theme::Token::Warning});
        } else if (!snapshot.error) {
            facts.append({tr("Answered"), tr("not yet"), theme::Token::Text3});
        }
        if (snapshot.error) {
            facts.append({tr("Failed"), sentenceFor(*snapshot.error), theme::Token::Warning});
            if (!snapshot.error->serverWords.isEmpty())
                facts.append({tr("It said"), snapshot.error->serverWords, theme::Token::Text1, true});
        }
        auto *list = new common::FactRows(body);
        list->setFacts(facts);
        column->addWidget(list);
        if (snapshot.data && !snapshot.data->series.empty()) {
            auto *table = new QTableView(body);
            table->setObjectName(u"series-"_s + answer.target.refId);
            table->setAccessibleName(tr("Series of the answer"));
            table->setModel(new SeriesListModel(snapshot.data, unit, table));
            table->setShowGrid(false);
            table->setFrameShape(QFrame::NoFrame);
            table->verticalHeader()->hide();
            table->verticalHeader()->setDefaultSectionSize(26);
            table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
            table->setColumnWidth(1, 80);
            table->setColumnWidth(2, 150);
            table->setSelectionBehavior(QAbstractItemView::SelectRows);
            table->setFixedHeight(std::min(200, 34 + 26 * static_cast<int>(snapshot.data->series.size())));
            column->addWidget(table);
        }
        column->addSpacing(8);
    }
    column->addStretch(1);
    scroll->setWidget(body);
    outer->addWidget(scroll, 1);

    auto *buttons = new QHBoxLayout;
    auto *copy = new QPushButton(tr("Copy as PromQL"), this);
    copy->setObjectName(u"copyQueries"_s);
    copy->setProperty("size", u"dialog"_s);
    QStringList all;
    for (const PanelQueries::Answer &answer : answers)
        all.append(answer.query.expr);
    connect(copy, &QPushButton::clicked, this,
            [text = all.join(u'\n')] { QGuiApplication::clipboard()->setText(text); });
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(u"closeInspect"_s);
    close->setProperty("size", u"dialog"_s);
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    buttons->addWidget(copy);
    buttons->addStretch(1);
    buttons->addWidget(close);
    outer->addLayout(buttons);
}

} // namespace atalaya::dashboards

#include "moc_inspect_dialog.cpp"
