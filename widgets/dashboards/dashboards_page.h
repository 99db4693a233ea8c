// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_store.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/dashboards/dashboard.h"
#include "models/metrics/metric_store.h"
#include "models/workspace/workspace.h"

#include <QtCore/QTimeZone>
#include <QtCore/QVariantMap>
#include <QtWidgets/QWidget>

#include <memory>

namespace atalaya::dashboards {

/// Draws Grafana dashboards over the environment's Prometheus servers. Only panels in view ask their queries. A file
/// can be opened or dropped; a panel that cannot be drawn says which type and why, in place.
class DashboardsPage final : public QWidget
{
    Q_OBJECT
public:
    /// `dashboards` are those of the workspace and of its systems, in order. All references must outlive the page.
    DashboardsPage(const workspace::Environment &environment, const QList<Dashboard> &dashboards,
                   metrics::MetricStore &metrics, alerts::AlertStore &alerts, const Clock &clock, const QTimeZone &zone,
                   QWidget *parent = nullptr);
    ~DashboardsPage() override;

    /// "Queue, anclora, 10 panels".
    QString subtitle() const;
    /// Offers the dashboards of this system (and the workspace's own) and shows the first; empty: all.
    void filterSystem(const QString &key);
    void setTimeZone(const QTimeZone &zone);
    /// True once every query of a panel in view has answered or failed.
    bool isSettled() const;
    QVariantMap remembered() const;
    void recall(const QVariantMap &remembered);

    /// By uid, else by file. Unknown: nothing changes, false.
    bool showDashboard(const QString &uidOrFile);
    /// Reads a file, adds it to the list and shows it; the error is shown in place too.
    Result<void> openFile(const QString &file);

Q_SIGNALS:
    void subtitleChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::dashboards
