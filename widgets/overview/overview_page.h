// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/metrics/metric_store.h"
#include "models/overview/overview_store.h"
#include "models/workspace/workspace.h"

#include <QtCore/QTimeZone>
#include <QtCore/QVariantMap>
#include <QtWidgets/QWidget>

#include <memory>

namespace atalaya::overview {

/// What is wrong, where, since when and what changed before: a verdict, one card a system sorted worst first (never
/// under the pointer or the focus), and the live timeline.
class OverviewPage final : public QWidget
{
    Q_OBJECT
public:
    /// All references must outlive the page.
    OverviewPage(const workspace::Environment &environment, const OverviewStore &store, metrics::MetricStore &metrics,
                 const Clock &clock, const QTimeZone &zone, QWidget *parent = nullptr);
    ~OverviewPage() override;

    QString subtitle() const;
    /// Marks this system's card; the Overview always shows all of them.
    void filterSystem(const QString &key);
    void setTimeZone(const QTimeZone &zone);
    /// True once every golden signal has an answer or a failure.
    bool isSettled() const;
    QVariantMap remembered() const;
    void recall(const QVariantMap &remembered);

Q_SIGNALS:
    void subtitleChanged();
    /// Show `system` (empty: all) on every page, and open `page` (empty: the one where its first reason is).
    void systemOpened(const QString &system, const QString &page);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::overview
