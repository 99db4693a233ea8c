// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/metrics/metric_store.h"
#include "widgets/dashboards/panel_content.h"

#include <QtCore/QSet>
#include <QtCore/QTimer>
#include <QtWidgets/QScrollArea>

namespace atalaya::dashboards {

class PanelView;
class RowHeader;

/// The panels of one dashboard in a scroll area. Only those in view are asked for; one panel is drawn a turn of the
/// event loop.
class PanelBoard final : public QScrollArea
{
    Q_OBJECT
public:
    PanelBoard(metrics::MetricStore &metrics, const Clock &clock, QWidget *parent = nullptr);
    ~PanelBoard() override;

    void show(const Dashboard &dashboard, const QString &source, const VariableChoices &choices);
    /// Other values of the variables, or another source, for the same panels.
    void ask(const QString &source, const VariableChoices &choices);
    void setTimeZone(const QTimeZone &zone);
    void showMarks(const QList<PanelMark> &marks);
    /// Asks nothing while the page is hidden.
    void setPageVisible(bool visible);
    bool isSettled() const;
    void tick();
    /// Panels besides rows.
    int panelCount() const;
    QList<PanelView *> panels() const { return m_views; }
    /// The one panel that fills the board, null: all.
    PanelView *fullScreen() const { return m_full; }
    void leaveFullScreen() { setFullScreen(nullptr); }

Q_SIGNALS:
    void inspectRequested(atalaya::dashboards::PanelView *panel);
    void rangeChosen(const atalaya::TimeRange &range);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void layOut();
    void updateInView();
    void refreshNext();
    void setFullScreen(PanelView *panel);
    void foldRow(int row, bool folded);

    metrics::MetricStore &m_metrics;
    const Clock &m_clock;
    QTimeZone m_zone = QTimeZone::utc();
    Dashboard m_dashboard;
    QWidget *m_body;
    QList<PanelView *> m_views; ///< null at rows
    QHash<int, RowHeader *> m_rows;
    QHash<PanelView *, int> m_indexOf;
    QList<int> m_panelIndex; ///< of each view, its index in the dashboard
    QSet<int> m_folded;
    QList<PanelMark> m_marks;
    PanelView *m_full = nullptr;
    QTimer m_pump;
    bool m_pageVisible = false;
};

} // namespace atalaya::dashboards
