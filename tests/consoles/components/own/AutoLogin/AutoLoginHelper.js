({
  chooseStatus: function (component) {
    var action = component.get("c.preferredStatus");
    action.setParams({ userId: $A.get("$SObjectType.CurrentUser.Id") });
    action.setCallback(this, function (response) {
      if (response.getState() === "SUCCESS") {
        this.enter(component, response.getReturnValue());
      } else {
        component.set("v.message", "No status: " + response.getError()[0].message);
      }
    });
    $A.enqueueAction(action);
  },

  enter: function (component, statusId) {
    component.find("omni").setServicePresenceStatus({ statusId: statusId }).then(function (result) {
      component.set("v.message", "Now in " + result.statusApiName);
      component.find("notes").showToast({ title: "Omni-Channel", message: "You are online", variant: "success" });
    }).catch(function (error) {
      component.set("v.message", "Refused: " + error.message);
    });
  }
})
