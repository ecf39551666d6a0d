({
  statusChanged: function (component, event, helper) {
    var isBusy = event.getParam("channels").length === 0;
    if (isBusy) {
      helper.declineAll(component);
    }
  }
})
